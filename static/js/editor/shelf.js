// A shelf in this browser. One that is full or locked away must not stop anybody.

const ours = (name) => `postmortems:${name}`;

export function write(name, value) {
  try {
    localStorage.setItem(ours(name), JSON.stringify(value));
  } catch {
    // No room, or not allowed: the page itself still holds the text.
  }
}

export function read(name) {
  try {
    return JSON.parse(localStorage.getItem(ours(name)));
  } catch {
    return null;
  }
}

export function drop(name) {
  try {
    localStorage.removeItem(ours(name));
  } catch {
    // Not allowed, so nothing was kept either.
  }
}

// All that is kept under this beginning, as pairs of the rest of the name and value.
export function all(prefix) {
  try {
    return Object.keys(localStorage)
      .filter((name) => name.startsWith(ours(prefix)))
      .map((name) => [name.slice(ours(prefix).length), read(name.slice(ours("").length))])
      .filter(([, value]) => value !== null);
  } catch {
    return [];
  }
}
