"""Forty short postmortems: eight sorts of trouble, four of each, and eight alone.

They are written as different people write. Titles tell who was hurt rather than why,
services go across the sorts, and no sort has a word of its own in every text.
"""

from typing import NamedTuple


class Sample(NamedTuple):
    sort: str
    title: str
    service: str
    summary: str
    cause: str
    lesson: str


ALONE = ""
FORTY = (
    Sample(
        "certificate",
        "Partners could not log in on Sunday",
        "gateway",
        "From midnight on every handshake with the partner gateway was refused. The "
        "certificate had run out and nobody had renewed it.",
        "The renewal job had been switched off with the old host. The expiry date was "
        "known to one person, who had moved to another team.",
        "Let the renewal run by itself and warn thirty days before a certificate "
        "expires.",
    ),
    Sample(
        "certificate",
        "Mobile app shows a red padlock",
        "api",
        "Phones refused to talk to us because the TLS certificate of the public name "
        "had expired at noon.",
        "The issuer's validation had been failing for weeks, so the automatic renewal "
        "did nothing. Its mails went to a mailbox that no one reads.",
        "Watch how many days each certificate has left, from outside.",
    ),
    Sample(
        "certificate",
        "Internal calls refused between two clusters",
        "billing",
        "Mutual TLS between the clusters stopped: the intermediate authority had "
        "expired, and with it all client certificates that it had signed.",
        "The intermediate was made by hand five years ago and stood in no inventory. "
        "Handshakes failed with a bare unknown authority.",
        "List every certificate and authority with its expiry, and rotate them yearly.",
    ),
    Sample(
        "certificate",
        "Webhooks from the warehouse were lost",
        "webhooks",
        "The warehouse could not deliver: its client checks our chain, and we had "
        "renewed the certificate without the intermediate.",
        "The renewal script wrote the leaf only. Browsers complete the chain, the "
        "warehouse's TLS library does not, so our own probe saw a good handshake.",
        "Probe the full chain after each renewal with a client that is strict.",
    ),
    Sample(
        "failover",
        "Orders could not be placed for forty minutes",
        "orders",
        "The primary database lost its network and the standby was promoted by hand, "
        "which took long because the replica lagged behind.",
        "Replication had fallen behind by nine minutes during a bulk update. Promotion "
        "waits until the standby has replayed its log.",
        "Alert on replication lag, and rehearse the promotion of a replica.",
    ),
    Sample(
        "failover",
        "Two leaders wrote at the same time",
        "billing",
        "After a switch hiccup a replica was promoted while the old primary still took "
        "writes. For six minutes both accepted invoices.",
        "Fencing of the old primary relied on the link that was down. The connection "
        "pool kept its sockets to it.",
        "Fence before you promote. Reconcile what both databases took.",
    ),
    Sample(
        "failover",
        "Search of customers read only",
        "crm",
        "An unplanned failover left the application talking to the former primary, "
        "now a read-only standby. Every write was refused.",
        "The pool resolved the address of the database once, at start. After the "
        "promotion it went on with the demoted node.",
        "Close all connections of a pool when the primary moves to another replica.",
    ),
    Sample(
        "failover",
        "Reservations vanished after the maintenance",
        "booking",
        "During planned maintenance we promoted the standby in the second zone. It had "
        "not replayed the last eleven seconds of writes.",
        "Replication to that zone is asynchronous, and the runbook did not ask for the "
        "lag before the promotion. The former primary was wiped and rebuilt as "
        "replica.",
        "Refuse a promotion while the standby lags. Keep the old primary for a day.",
    ),
    Sample(
        "backlog",
        "Receipts arrived five hours late",
        "mail",
        "A poison message was retried for ever, and the queue behind it grew to two "
        "million messages before anyone looked.",
        "The consumer crashed on a broken attachment, put it back at the head of the "
        "queue and took it again. There was no dead letter.",
        "Move a message aside after five retries. Alert on the age of the oldest one.",
    ),
    Sample(
        "backlog",
        "Stock numbers stale in all shops",
        "warehouse",
        "Consumers of the stock topic fell behind after a rebalance and the lag grew "
        "for six hours.",
        "One partition held most of the messages because of a skewed key; its consumer "
        "could not keep up, and the other consumers were idle.",
        "Spread the keys over partitions. Show the consumer lag of each on a "
        "dashboard.",
    ),
    Sample(
        "backlog",
        "Push notifications in the middle of the night",
        "push",
        "A backlog of nine hundred thousand messages was drained at two o'clock, and "
        "people were woken by news of the afternoon.",
        "The consumers had been scaled to zero by a mistake in the schedule. Once they "
        "were back they emptied the queue without looking at the age of a message.",
        "Let messages that are too old expire in the queue.",
    ),
    Sample(
        "backlog",
        "Reports of bookkeeping empty until lunch",
        "billing",
        "Export jobs were enqueued faster than the workers dequeue them; the backlog "
        "reached forty thousand jobs.",
        "A producer enqueued each job twice. Backpressure is missing, so the broker "
        "kept everything in memory and throttled consumers as well.",
        "Make enqueueing idempotent and slow producers down when the queue is deep.",
    ),
    Sample(
        "config",
        "Prices without tax for a quarter of an hour",
        "checkout",
        "A feature flag meant for staging was flipped in the live environment and "
        "switched the tax module off.",
        "Both environments share one flag file, and the rollout tool chose by prefix. "
        "The reviewer saw only the diff of the staging block.",
        "Keep flags of each environment apart and roll a flag out in percent first.",
    ),
    Sample(
        "config",
        "Half of the fleet would not boot",
        "gateway",
        "A configuration push with a wrong indent was taken by every proxy within a "
        "minute; they refused to parse the YAML and exited.",
        "The configuration is pushed everywhere at once, without a canary. Validation "
        "ran with an older schema that ignored the key.",
        "Validate configuration with the binary that reads it and push to a canary.",
    ),
    Sample(
        "config",
        "Shoppers were sent to the wrong language",
        "web",
        "A deploy carried a flag default that turned geographic redirects on for all "
        "visitors.",
        "The default in the code and the one in the configuration differed; the deploy "
        "removed the override. No canary covers visitors from abroad.",
        "Ship flags with their default off, and let the canary see foreign visitors.",
    ),
    Sample(
        "config",
        "Coupons could be used for ever",
        "checkout",
        "While cleaning the configuration repository somebody deleted an override, and "
        "the limit of coupons fell back to unlimited.",
        "An absent key means the built-in default. The rollout showed a diff of three "
        "hundred lines which the reviewer skimmed.",
        "Refuse a rollout that removes a key without naming it; validate limits.",
    ),
    Sample(
        "dns",
        "Nothing could find anything",
        "platform",
        "Resolvers inside the cluster answered with NXDOMAIN for our own zone, so no "
        "component found its neighbours.",
        "A transfer of the zone was cut off half way and the nameserver served the "
        "truncated copy. Negative answers were cached for fifteen minutes by TTL.",
        "Check a zone for its record count before a nameserver takes it.",
    ),
    Sample(
        "dns",
        "Shop unreachable from some providers",
        "web",
        "Visitors of two internet providers could not resolve the shop. Their "
        "resolvers "
        "held delegation to nameservers that we had given up.",
        "When we moved the domain the registrar still listed one old "
        "nameserver. It was "
        "switched off before the TTL of the delegation was over.",
        "Keep old nameservers for twice the TTL after a delegation is moved.",
    ),
    Sample(
        "dns",
        "Slow pages on every second click",
        "platform",
        "Each lookup took five seconds: one of two resolvers dropped the queries, and "
        "clients waited before they asked the other one.",
        "Conntrack was full on the resolver's node, because search domains multiply "
        "each lookup by six. NXDOMAIN answers made up most of the traffic.",
        "Use fully qualified hostnames and run a caching resolver on each node.",
    ),
    Sample(
        "dns",
        "Mail of a whole domain bounced",
        "mail",
        "A record of the domain was replaced instead of added, and its MX pointed to a "
        "hostname that does not resolve.",
        "The zone is edited in a web form that shows one record of a name at a time. "
        "The wrong answer stayed in resolvers for a TTL of one day.",
        "Keep the zone in version control; lower the TTL before touching a record.",
    ),
    Sample(
        "disk",
        "Uploads ended half way",
        "files",
        "The volume for uploads was full. Writes failed with no space left on device "
        "while reads went on.",
        "Debug logs of a forgotten session were written to the same volume and never "
        "rotated; in a week they took three hundred gigabytes.",
        "Put logs on a volume of their own and rotate them by size.",
    ),
    Sample(
        "disk",
        "Nightly builds red",
        "builds",
        "Every build ended with no space left, although half of the disk was free: the "
        "filesystem was out of inodes.",
        "A package store keeps millions of tiny files and is never pruned. Our "
        "dashboard shows free gigabytes, not inodes.",
        "Prune the store weekly and watch the inodes of each filesystem.",
    ),
    Sample(
        "disk",
        "Ledger stopped taking entries",
        "billing",
        "The database went into a protective mode when its volume was ninety-five per "
        "cent full.",
        "Archived write-ahead segments piled up because the bucket refused them. "
        "Nobody prunes the filesystem, and the growth of gigabytes came in one hour.",
        "Forecast when a volume is full from its growth, not by a fixed share.",
    ),
    Sample(
        "disk",
        "Metrics of a day are missing",
        "metrics",
        "The time series store crashed as its disk was full and lost the head block.",
        "A new label multiplied the series, so compaction needed twice the space of "
        "the volume. The leftover temporary files were not deleted.",
        "Keep free space for compaction on the filesystem; cap the series per tenant.",
    ),
    Sample(
        "cache",
        "Front page timed out at eight",
        "web",
        "All keys of the front page expired in the same second, and thousands of "
        "clients recomputed them at once: a stampede on the origin.",
        "The warm-up at deploy gives each key the same lifetime. Nothing coalesces the "
        "misses.",
        "Add jitter to lifetimes and let one client recompute a key while others get "
        "the stale copy.",
    ),
    Sample(
        "cache",
        "Product catalogue flooded its origin",
        "catalogue",
        "A flush of the whole cache dropped the hit ratio from ninety-eight per cent "
        "to nothing, and the origin was overrun by misses.",
        "Somebody wanted to evict one product and the console offers a flush only. The "
        "origin is sized for two per cent of the reads.",
        "Evict by key. Coalesce misses in front of the origin.",
    ),
    Sample(
        "cache",
        "Old prices for some, new for others",
        "pricing",
        "Invalidation messages were lost, so nodes served stale copies until their "
        "lifetime was over.",
        "Each node keeps a local cache with evictions by message. A node that was "
        "being started missed the invalidation and kept the stale key.",
        "Put the version into the cache key so that a stale copy is never hit.",
    ),
    Sample(
        "cache",
        "Logins slow after we added nodes",
        "login",
        "Adding two nodes to the cache ring remapped most keys; the hit ratio "
        "fell to a "
        "third and sessions were read from the origin.",
        "The client hashes keys by modulo, not consistently. A cold cache meets the "
        "morning peak with a stampede of misses.",
        "Use consistent hashing and warm new nodes before they get keys.",
    ),
    Sample(
        "quota",
        "Maps stayed grey",
        "maps",
        "The provider throttled us: our daily quota of tiles was used up by ten.",
        "A crawler was let through and asked for each tile at each zoom. The quota is "
        "shared by all our keys and its use is on a page that needs another login.",
        "Set a rate limit a visitor and alert at half of the quota.",
    ),
    Sample(
        "quota",
        "New machines would not come up",
        "platform",
        "Autoscaling asked for forty instances and the cloud refused: the quota of "
        "addresses in the region was exhausted.",
        "The limit had been raised once by ticket and nobody knew its value. Leaked "
        "addresses of deleted instances counted towards it.",
        "Export each quota with its use, and ask the cloud to raise it at two thirds.",
    ),
    Sample(
        "quota",
        "Sign-up texts were not sent",
        "push",
        "The provider answered with too many requests; we had exceeded the rate limit "
        "of our plan after a campaign.",
        "Retries without backoff burned the allowance: each throttled call was tried "
        "three more times and counted against the quota.",
        "Back off when throttled, and keep a share of the quota for sign-ups.",
    ),
    Sample(
        "quota",
        "Nightly import throttled by our own limit",
        "api",
        "A large customer's import was throttled because a rate limit had been halved "
        "for all tenants.",
        "The limiter counts calls by address, and the tenant sends through one proxy. "
        "Exceeded limits give a 429 that the importer takes for the end of the list.",
        "Count the rate limit by tenant and publish the allowance in a header.",
    ),
    Sample(
        ALONE,
        "Tokens came from the future",
        "login",
        "A hypervisor drifted by four minutes, and tokens that it signed were not yet "
        "valid anywhere else.",
        "The time daemon had lost its peers behind a firewall rule and drifted freely.",
        "Compare the clocks of all hosts and drain one that drifts.",
    ),
    Sample(
        ALONE,
        "Card payments declined by the acquirer",
        "checkout",
        "The acquirer had trouble in its own data centre and declined two in three "
        "cards.",
        "We have a contract with a single acquirer. Its status mails came an "
        "hour late.",
        "Sign with a second acquirer and steer between both.",
    ),
    Sample(
        ALONE,
        "An excavator in the harbour street",
        "office",
        "Fibre to the office was cut by an excavator, and phones of the hotline were "
        "silent.",
        "Both lines enter the building through the same duct.",
        "Order a radio link as the way out that needs no duct.",
    ),
    Sample(
        ALONE,
        "Invoices one cent too high",
        "billing",
        "Amounts were rounded before they were summed, so one invoice in ninety was a "
        "cent too high.",
        "Floating point crept into a refactoring of discounts; the property test had "
        "been deleted with the module.",
        "Calculate money in whole cents and compare sums with the ledger.",
    ),
    Sample(
        ALONE,
        "Somebody deleted the wrong tenant",
        "crm",
        "While tidying up after a trial an operator deleted a paying tenant with a "
        "similar name. It was restored from the backup of the evening.",
        "The console asks for a yes only, and trial tenants look like paying ones.",
        "Ask for the tenant's name before deletion, and delete softly for a month.",
    ),
    Sample(
        ALONE,
        "Hall three at forty-one degrees",
        "platform",
        "A chiller stopped and the hall heated up until racks shut themselves down.",
        "The pump's bearing seized. The spare chiller had a valve that was closed for "
        "an inspection in spring.",
        "Walk through the valves after an inspection and measure the inlet air.",
    ),
    Sample(
        ALONE,
        "Greek letters became question marks",
        "mail",
        "Names with accents or Greek letters were garbled in letters to members.",
        "The template engine was upgraded and reads files as Latin-1 unless it is "
        "told the encoding.",
        "Name the encoding wherever text is read, and keep a member called Ωμέγα.",
    ),
    Sample(
        ALONE,
        "Rehearsal orders were shipped",
        "warehouse",
        "A load generator meant for rehearsal placed nine hundred orders that the "
        "robots picked and packed.",
        "Its credentials belonged to a real merchant. Robots cannot tell a rehearsal "
        "from a purchase.",
        "Mark rehearsal merchants, and let the robots refuse them.",
    ),
)
