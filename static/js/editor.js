// The editor works without scripts. These make it quick and keep every word.

import "./editor/fresh.js";
import "./editor/wire.js";
import "./editor/busy.js";
import "./editor/keep.js";
import "./editor/drafts.js";
import "./editor/leave.js";
import "./editor/add.js";
import "./editor/keys.js";
import "./editor/focus.js";
import "./editor/text.js";
import "./editor/images.js";
import "./editor/size.js";
import "./editor/understood.js";
import "./editor/now.js";
import "./editor/due.js";
import "./editor/drag.js";
import "./editor/pick.js";
import "./editor/rail.js";
import "./editor/presence.js";
