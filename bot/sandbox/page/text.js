// Text with entities as nodes. Content only ever becomes text nodes; links lead to web and mail addresses alone.

const TAGS = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote", spoiler: "span",
};
const SAFE = ["http:", "https:", "mailto:"];

export function element(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "data") Object.assign(node.dataset, value);
    else node[name] = value;
  }
  node.append(...children);
  return node;
}

export function safeAddress(address) {
  try {
    const url = new URL(address);
    return SAFE.includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

function link(address) {
  const href = safeAddress(address);
  if (!href) return element("span", { className: "entity", title: address });
  return element("a", { href, target: "_blank", rel: "noopener noreferrer", title: href });
}

function wrapper(entity, covered) {
  switch (entity.type) {
    case "text_link": return link(entity.url);
    case "url": return link(/^\w+:/.test(covered) ? covered : `http://${covered}`);
    case "email": return link(`mailto:${covered}`);
    case "bot_command": return element("button", { className: "command", type: "button", data: { command: covered } });
    case "spoiler": return element("span", { className: "spoiler", tabIndex: 0, title: "Show" });
    case "expandable_blockquote": return element("blockquote", { className: "long", tabIndex: 0, title: "Show all" });
    default: return element(TAGS[entity.type] ?? "span", { className: "entity" });
  }
}

// Entities nest or do not touch, and come sorted with the outer one first. Offsets are UTF-16 units, as in JavaScript.
export function rendered(text, entities, from = 0, to = text.length) {
  const whole = document.createDocumentFragment();
  let at = from;
  let afterBlock = false; // a block ends its line by itself: the newline after it would show as an empty line
  const plain = (end) => {
    const piece = text.slice(at, end);
    whole.append(afterBlock && piece.startsWith("\n") ? piece.slice(1) : piece);
  };
  for (let index = 0; index < entities.length; index++) {
    const { offset, length } = entities[index];
    const end = offset + length;
    const inner = entities.slice(index + 1).filter((other) => other.offset >= offset && other.offset + other.length <= end);
    plain(offset);
    const node = wrapper(entities[index], text.slice(offset, end));
    node.append(rendered(text, inner, offset, end));
    whole.append(node);
    at = end;
    afterBlock = node.matches("blockquote, pre");
    while (index + 1 < entities.length && entities[index + 1].offset < end) index++;
  }
  plain(to);
  return whole;
}
