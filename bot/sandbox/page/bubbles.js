// Messages as bubbles: made once, made anew when edited, never touched otherwise.

import { element, rendered, safeAddress } from "./text.js";
import { fileAddress } from "./wire.js";

const nodes = new Map();
let shown = null;

const hour = new Intl.DateTimeFormat([], { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat([], { weekday: "long", day: "numeric", month: "long" });

function button(spec, index, message) {
  const address = spec.url && safeAddress(spec.url);
  const common = { className: `button ${spec.style ?? ""}`, data: { index } };
  if (spec.url) return element("a", { ...common, href: address ?? "#", target: "_blank", rel: "noopener noreferrer" }, `${spec.text} ↗`);
  return element("button", { ...common, type: "button", data: { index, message: message.id } }, spec.text);
}

function keyboard(message) {
  let index = 0;
  const rows = message.rows.map((row) => element("div", { className: "row" }, ...row.map((spec) => button(spec, index++, message))));
  return element("div", { className: "keyboard" }, ...rows);
}

function media(message) {
  if (message.photo) return [element("img", { className: "photo", alt: message.text || "Picture", src: fileAddress(message.photo.file_id) })];
  if (!message.document) return [];
  const name = message.document.file_name ?? "file";
  return [element("a", { className: "file", href: fileAddress(message.document.file_id), download: name }, `📄 ${name}`)];
}

function bubble(message, chat) {
  if (message.service) return element("p", { className: "service" }, message.service);
  const topic = chat.topics.find((one) => one.id === message.thread);
  const head = chat.type !== "private" && !message.mine ? [element("p", { className: "sender" }, message.from)] : [];
  if (topic) head.push(element("p", { className: "topic" }, `# ${topic.name}`));
  const text = element("div", { className: "text" }, rendered(message.text, message.entities));
  const at = new Date(message.at * 1000);
  const time = element("time", { dateTime: at.toISOString() }, (message.edits ? "edited " : "") + hour.format(at));
  const node = element("article", { className: `message ${message.mine ? "mine" : "theirs"}`, data: { id: message.id, edits: message.edits } });
  node.append(element("div", { className: "bubble" }, ...head, ...media(message), text, time));
  if (message.rows.length) node.append(keyboard(message));
  return node;
}

function greeting(bot) {
  if (!bot.about) return element("p", { className: "service" }, "No messages yet");
  return element("div", { className: "about" }, element("b", {}, "What can this bot do?"), element("p", {}, bot.about));
}

// Brings the list up to date and keeps the place where the reader is, unless they read the newest.
export function showMessages(list, state, chat) {
  const fresh = shown !== `${state.me}/${chat.id}`;
  const atEnd = fresh || list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  if (fresh) nodes.clear();
  shown = `${state.me}/${chat.id}`;
  const wanted = [];
  let lastDay = "";
  for (const message of chat.messages) {
    const today = day.format(new Date(message.at * 1000));
    if (today !== lastDay) wanted.push(element("p", { className: "service day" }, today));
    lastDay = today;
    const known = nodes.get(message.id);
    if (!known || known.edits !== message.edits) nodes.set(message.id, { edits: message.edits, node: bubble(message, chat) });
    wanted.push(nodes.get(message.id).node);
  }
  list.replaceChildren(...(chat.messages.length ? wanted : [greeting(state.bot)]));
  if (atEnd) list.scrollTop = list.scrollHeight;
}
