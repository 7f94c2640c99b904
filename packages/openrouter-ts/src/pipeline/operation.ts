import type { ApiRequest } from '../http/api-request.ts';
import type { CallSettings } from '../http/call-settings.ts';
import type { Reader } from '../http/read-context.ts';

/** What one call asks of the API. */
export interface Asking extends Pick<ApiRequest, 'method' | 'path' | 'query' | 'body'> {
  /** Whether the answer is to be a stream of events. Default false. */
  readonly stream?: boolean | undefined;
  /** Throws a ConfigError for a request that cannot work, before anything is sent. */
  readonly check?: (() => void) | undefined;
}

/** One thing the API can do, with what this call of it says. */
export interface Operation<Value> extends Asking {
  /** Makes the value of a good answer. */
  readonly read: Reader<Value>;
}

/** What a caller may say about one call, over what the client says about all. */
export interface RequestOptions extends CallSettings {
  /** Ends the call, wherever it is: it then rejects with the signal's own reason. */
  readonly signal?: AbortSignal | undefined;
  /** Headers for this call, over the client's. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}
