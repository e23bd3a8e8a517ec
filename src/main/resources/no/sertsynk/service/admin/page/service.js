/** The service's interface. The token lives as long as the browser's tab. */

const TOKEN = 'sertsynk.token';
const LONGEST_WAIT = 60_000;

/** The token is missing, or not the right one. */
export class Unauthorized extends Error {}

/** The service refused; the message is its own. */
export class Refused extends Error {}

export const isSignedIn = () => sessionStorage.getItem(TOKEN) !== null;

export const signOut = () => sessionStorage.removeItem(TOKEN);

/** Keeps the token if the service takes it. */
export async function signIn(token) {
  await ask('/api/v1/parties', {}, token);
  sessionStorage.setItem(TOKEN, token);
}

async function ask(path, options = {}, token = sessionStorage.getItem(TOKEN)) {
  let headers;
  try {
    headers = new Headers({ Authorization: `Bearer ${token}`, Accept: 'application/json' });
  } catch {
    throw new Unauthorized('a token of other characters');
  }
  const answer = await fetch(path, { ...options, headers, cache: 'no-store', signal: AbortSignal.timeout(LONGEST_WAIT) });
  if (answer.status === 401) {
    throw new Unauthorized('not signed in');
  }
  const body = await answer.json();
  if (!answer.ok) {
    throw new Refused(body.message);
  }
  return body;
}

export const status = () => ask('/api/v1/status');

export const history = (herId) => ask(herId === undefined ? '/api/v1/history' : `/api/v1/history?party=${herId}`);

/** Whether the service does its work; open to all. */
export async function ready() {
  const answer = await fetch('/health/ready', { cache: 'no-store', signal: AbortSignal.timeout(LONGEST_WAIT) });
  return answer.json();
}

const PAUSE = 300;

/** Asks for a sync of these parties, or of all, and tells how it gets on until it is over; returns how it ended. */
export async function refresh(parties, onProgress) {
  const { runId } = await ask('/api/v1/refresh', { method: 'POST', body: JSON.stringify({ parties }) });
  for (;;) {
    const run = await ask(`/api/v1/runs/${runId}`);
    if (run.state === 'ended' || run.state === 'failed') {
      return run;
    }
    onProgress(run);
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}
