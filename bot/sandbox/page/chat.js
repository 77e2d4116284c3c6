// The chat page: shows what the chosen person sees and does what they click. All truth is in the sandbox.

import { showMessages } from "./bubbles.js";
import { element } from "./text.js";
import { deed, state as fetchState } from "./wire.js";

const $ = (id) => document.getElementById(id);
const page = { state: null, user: sessionStorage.user ?? null, chat: null, controller: null, answers: new Set(), clock: 0 };

const clockFormat = new Intl.DateTimeFormat([], { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", second: "2-digit" });

function chat() {
  return page.state.chats.find((one) => one.id === page.chat) ?? page.state.chats[0];
}

function toast(text) {
  $("toast").textContent = text;
  $("toast").hidden = false;
  clearTimeout(page.toastTimer);
  page.toastTimer = setTimeout(() => { $("toast").hidden = true; }, 4000);
}

async function act(name, body) {
  try {
    return await deed(name, { user: page.state.me, chat: chat().id, ...body });
  } catch (problem) {
    toast(problem.message);
    return null;
  }
}

function say(text) {
  const thread = chat().messages.findLast((message) => message.thread)?.thread ?? null;
  return act("send", { text, thread: chat().topics.length ? thread ?? chat().topics[0].id : null });
}

// ---- showing ---------------------------------------------------------------------------------------------------

function avatar(node, name, id) {
  node.textContent = [...name][0] ?? "?";
  node.className = `avatar c${Math.abs(id) % 6}`;
  return node;
}

function showPeople() {
  const options = page.state.people.map((one) => element("option", { value: one.id, selected: one.id === page.state.me }, one.name));
  if (options.map((one) => one.value + one.text).join() !== [...$("people").options].map((one) => one.value + one.text).join()) $("people").replaceChildren(...options);
  $("people").value = page.state.me;
}

function chatItem(one) {
  const last = one.messages.at(-1);
  const words = last ? `${last.mine ? "You: " : ""}${last.text || last.service || "Picture"}` : "No messages yet";
  const text = element("span", { className: "words" }, element("b", {}, one.title), element("small", {}, words));
  const item = element("button", { className: "chat", type: "button", data: { chat: one.id } }, avatar(element("span"), one.title, one.id), text);
  if (one.id === chat().id) item.setAttribute("aria-current", "true");
  return item;
}

function subtitle(one) {
  if (one.type === "private") return one.bot === "kicked" ? "bot, blocked" : "bot";
  const standing = { kicked: ", the bot was removed", left: ", the bot left", administrator: ", the bot is an administrator" };
  return `${one.type}, ${one.members} members${standing[one.bot] ?? ""}`;
}

function showHead(one) {
  avatar($("head-avatar"), one.title, one.id);
  $("title").textContent = one.title;
  $("subtitle").textContent = subtitle(one);
  const choices = one.type === "private"
    ? [one.bot === "kicked" ? ["unblock-bot", "Unblock the bot"] : ["block-bot", "Block the bot"]]
    : one.bot === "kicked" || one.bot === "left"
      ? [["member", "Add the bot"]]
      : [["kicked", "Remove the bot"], one.bot === "administrator" ? ["member", "Make the bot a plain member"] : ["administrator", "Make the bot an administrator"]];
  $("more-menu").replaceChildren(...choices.map(([name, words]) => element("button", { type: "button", data: { choice: name } }, words)));
}

function showFoot(one) {
  const idle = one.type === "private" && one.bot === "";
  const blocked = one.type === "private" && one.bot === "kicked";
  $("start").hidden = !idle;
  $("unblock").hidden = !blocked;
  $("form").hidden = idle || blocked;
  $("menu").hidden = one.commands.length === 0;
  showCommands();
}

function showCommands(all = false) {
  const typed = $("composer").value;
  const wanted = /^\/\w*$/.test(typed) ? typed.slice(1).toLowerCase() : all ? "" : null;
  const found = wanted === null ? [] : chat().commands.filter((one) => one.command.startsWith(wanted));
  $("commands").hidden = found.length === 0;
  $("commands").replaceChildren(...found.map((one) =>
    element("button", { type: "button", role: "option", data: { command: `/${one.command}` } }, element("b", {}, `/${one.command}`), element("small", {}, one.description))));
}

function showAnswers() {
  for (const answer of page.state.answers) {
    if (page.answers.has(answer.id)) continue;
    page.answers.add(answer.id);
    for (const waiting of document.querySelectorAll(".button.waiting")) waiting.classList.remove("waiting");
    if (!page.quiet && answer.alert) { $("alert").querySelector("p").textContent = answer.text; $("alert").showModal(); }
    else if (!page.quiet && answer.text) toast(answer.text);
  }
  page.quiet = false;
}

function showClock() {
  const now = new Date((page.clock + performance.now()) || Date.now());
  $("clock").textContent = clockFormat.format(now);
  $("clock").dataset.now = now.toISOString();
  $("clock").classList.toggle("moved", Math.abs(page.state?.shift ?? 0) > 1);
}

function show() {
  page.clock = page.state.now * 1000 - performance.now();
  const one = chat();
  document.title = `${one.title} · sandbox`;
  showPeople();
  $("chats").replaceChildren(...page.state.chats.map(chatItem));
  showHead(one);
  showMessages($("messages"), page.state, one);
  showFoot(one);
  showAnswers();
  showClock();
}

// ---- following -------------------------------------------------------------------------------------------------

async function follow() {
  for (;;) {
    page.controller = new AbortController();
    try {
      page.state = await fetchState(page.user, page.state?.version, page.controller.signal);
      page.user = sessionStorage.user = page.state.me;
      $("offline").hidden = true;
      show();
    } catch (problem) {
      if (problem.name === "AbortError") continue;
      $("offline").hidden = false;
      await new Promise((done) => { setTimeout(done, 1000); });
      if (page.state) page.state.version = null;
    }
  }
}

function switchTo(user) {
  page.user = user;
  page.chat = null;
  page.quiet = true;
  if (page.state) page.state.version = null;
  page.controller?.abort();
}

// ---- doing -----------------------------------------------------------------------------------------------------

function toggle(menu, opener, open = menu.hidden) {
  menu.hidden = !open;
  opener.setAttribute("aria-expanded", String(open));
}

function send() {
  const text = $("composer").value.trim();
  if (!text) return;
  $("composer").value = "";
  fit();
  showCommands();
  say(text);
}

function fit() {
  $("composer").style.height = "auto";
  $("composer").style.height = `${Math.min($("composer").scrollHeight, 160)}px`;
}

$("people").addEventListener("change", (event) => switchTo(event.target.value));
$("chats").addEventListener("click", (event) => {
  const item = event.target.closest(".chat");
  if (item) { page.chat = Number(item.dataset.chat); show(); }
});
$("form").addEventListener("submit", (event) => { event.preventDefault(); send(); });
$("composer").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); send(); }
});
$("composer").addEventListener("input", () => { fit(); showCommands(); });
$("menu").addEventListener("click", () => ($("commands").hidden ? showCommands(true) : showCommands()));
$("start").addEventListener("click", () => say("/start"));
$("unblock").addEventListener("click", () => act("block", { blocked: false }));
$("commands").addEventListener("click", (event) => {
  const command = event.target.closest("[data-command]")?.dataset.command;
  if (command) { $("composer").value = ""; showCommands(); say(command); }
});
$("messages").addEventListener("click", (event) => {
  const hit = event.target.closest(".command, button.button, .spoiler, blockquote.long");
  if (!hit) return;
  if (hit.matches(".command")) say(hit.dataset.command);
  else if (hit.matches(".button")) { hit.classList.add("waiting"); act("press", { message: Number(hit.dataset.message), button: Number(hit.dataset.index) }); }
  else hit.classList.toggle("open");
});
$("more").addEventListener("click", () => toggle($("more-menu"), $("more")));
$("more-menu").addEventListener("click", (event) => {
  const choice = event.target.dataset.choice;
  toggle($("more-menu"), $("more"), false);
  if (choice?.endsWith("block-bot")) act("block", { blocked: choice === "block-bot" });
  else if (choice) act("bot", { status: choice });
});
$("clock").addEventListener("click", () => {
  const local = new Date(page.clock + performance.now());
  $("clock-to").value = new Date(local - local.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
  toggle($("clock-menu"), $("clock"));
});
$("clock-menu").addEventListener("click", (event) => {
  const move = event.target.dataset.move;
  if (move) act("clock", move === "reset" ? {} : { move: Number(move) });
});
$("clock-form").addEventListener("submit", (event) => {
  event.preventDefault();
  act("clock", { set: new Date($("clock-to").value).toISOString() });
  toggle($("clock-menu"), $("clock"), false);
});
document.addEventListener("click", (event) => {
  for (const [menu, opener] of [["clock-menu", "clock"], ["more-menu", "more"]]) {
    if (!event.target.closest(`#${menu}, #${opener}`)) toggle($(menu), $(opener), false);
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") for (const menu of document.querySelectorAll(".menu")) menu.hidden = true;
});

page.quiet = true;
setInterval(showClock, 1000);
follow();
