// Messages as bubbles: made once, made anew when edited, never touched otherwise.

import { element, rendered, safeAddress } from "./text.js";
import { fileAddress } from "./wire.js";

const TOGETHER = 3000; // milliseconds
const nodes = new Map();
let shown = null; // whose chat stands there
let newest = {}; // its newest message as last shown, when it came, and the first of those that came with it
let place = -1; // where we scrolled to; elsewhere, the reader did

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
  if (message.photo) return [element("img", { className: "photo", alt: message.text || "Picture", src: fileAddress(message.photo.file_id), width: message.photo.width, height: message.photo.height })];
  if (!message.document) return [];
  const name = message.document.file_name ?? "file";
  return [element("a", { className: "file", href: fileAddress(message.document.file_id), download: name }, `↓ ${name}`)];
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

function separator(today, before) {
  const key = `${today} before ${before}`;
  if (!nodes.has(key)) nodes.set(key, { node: element("p", { className: "service day" }, today) });
  return nodes.get(key).node;
}

// Nothing is touched when all stands there already, so that scrolling, selection and focus stay.
function replace(list, wanted) {
  if (wanted.length === list.children.length && wanted.every((node, index) => node === list.children[index])) return;
  const top = list.scrollTop;
  list.replaceChildren(...wanted);
  list.scrollTop = top;
}

function greeting(bot) {
  if (!bot.about) return element("p", { className: "service" }, "No messages yet");
  return element("div", { className: "about" }, element("b", {}, "What can this bot do?"), element("p", {}, bot.about));
}

// Shows what has just come from its first line on, unless the reader was reading above. What comes within a few
// seconds belongs together: the first of it goes to the top.
function follow(list, fresh, wasAtEnd, chat) {
  const last = chat.messages.at(-1);
  const version = last ? `${last.id}.${last.edits}` : "";
  const changed = fresh || version !== newest.version;
  if (!last || !changed) return;
  const together = !fresh && !last.mine && newest.id !== last.id && performance.now() - newest.at < TOGETHER;
  newest = { version, id: last.id, at: performance.now(), first: together && nodes.has(newest.first) ? newest.first : last.id };
  if (!(fresh || wasAtEnd || last.mine)) return;
  list.scrollTop = Math.min(list.scrollHeight, nodes.get(newest.first).node.offsetTop - 12);
  place = list.scrollTop;
}

// Brings the list up to date.
export function showMessages(list, state, chat) {
  const fresh = shown !== `${state.me}/${chat.id}`;
  const wasAtEnd = list.scrollTop === place || list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  if (fresh) nodes.clear();
  shown = `${state.me}/${chat.id}`;
  const wanted = [];
  let lastDay = "";
  for (const message of chat.messages) {
    const today = day.format(new Date(message.at * 1000));
    if (today !== lastDay) wanted.push(separator(today, message.id));
    lastDay = today;
    const known = nodes.get(message.id);
    if (!known || known.edits !== message.edits) nodes.set(message.id, { edits: message.edits, node: bubble(message, chat) });
    wanted.push(nodes.get(message.id).node);
  }
  if (!wanted.length) wanted.push(greeting(state.bot));
  replace(list, wanted);
  follow(list, fresh, wasAtEnd, chat);
}
