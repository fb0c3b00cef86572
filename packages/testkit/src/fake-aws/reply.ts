/** One request as the server received it. `headers` are lower-case, as Node gives them. */
export interface Received {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Record<string, string>;
  body: string;
  /** Milliseconds since the epoch. */
  time: number;
}

/** What goes back. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** A JSON answer. */
export function json(value: unknown, status = 200, headers: Record<string, string> = {}): Reply {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) };
}

/** An error of a rest-json service: SDKs read its name from the header, the OAuth word from the body. */
export function restError(status: number, name: string, body: Record<string, string>): Reply {
  return json(body, status, { 'x-amzn-errortype': name });
}

/** An error of SSO-OIDC, which adds OAuth's `error` word to the AWS name. */
export function oauthError(name: string, error: string, description = name): Reply {
  return restError(400, name, { error, error_description: description });
}

/** A page for the browser. */
export function page(text: string, status = 200): Reply {
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body: `<!doctype html><p>${text}</p>\n` };
}

/** A redirect of the browser. */
export function redirect(location: string): Reply {
  return { status: 302, headers: { location }, body: '' };
}

/** An answer of the STS query API: `fields` in `<ACTIONResult>`. */
export function xml(action: string, result: string): Reply {
  const body =
    `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result>${result}` +
    `</${action}Result><ResponseMetadata><RequestId>fake</RequestId></ResponseMetadata></${action}Response>`;
  return { status: 200, headers: { 'content-type': 'text/xml' }, body };
}

/** An error of the STS query API. */
export function xmlError(status: number, code: string, message: string): Reply {
  const body =
    `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>` +
    `<Code>${code}</Code><Message>${message}</Message></Error><RequestId>fake</RequestId></ErrorResponse>`;
  return { status, headers: { 'content-type': 'text/xml' }, body };
}
