// Talks to the sandbox: state by long poll, deeds by POST. The key that opens it stands in the page's address.

const key = new URLSearchParams(location.search).get("key") ?? "";
const headers = { "X-Sandbox-Key": key };

export const fileAddress = (id) => `/page/file/${encodeURIComponent(id)}?key=${encodeURIComponent(key)}`;

export async function state(user, since, signal) {
  const query = new URLSearchParams({ user: user ?? "", since: since ?? "" });
  const answer = await fetch(`/page/state?${query}`, { headers, signal });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

export async function deed(name, body) {
  const answer = await fetch(`/page/${name}`, { method: "POST", headers, body: JSON.stringify(body) });
  const result = await answer.json();
  if (!answer.ok) throw new Error(result.error);
  return result;
}
