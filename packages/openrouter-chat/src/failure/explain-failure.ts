import {
  ApiError,
  ConfigError,
  ConnectionError,
  isOpenRouterError,
  LimitExceededError,
  ResponseFormatError,
  StreamError,
  TimeoutError,
} from 'openrouter-ts';
import { exitCode } from '../exit-code.ts';
import { explainApiError } from './explain-api-error.ts';
import { explainBrokenStream } from './explain-broken-stream.ts';
import { explainConnection, explainTimeout } from './explain-connection.ts';
import type { Failure, FailurePlace } from './failure.ts';

/**
 * Puts an error into words that help: what happened, why, and what to do.
 *
 * @param error - whatever was thrown
 * @param place - where it happened
 * @returns the words and the exit code
 */
export function explainFailure(error: unknown, place: FailurePlace): Failure {
  if (error instanceof ApiError) return explainApiError(error, place);
  if (error instanceof StreamError) return explainBrokenStream(error);
  if (error instanceof ConnectionError) return explainConnection(error, place);
  if (error instanceof TimeoutError) return explainTimeout(error);
  if (error instanceof ConfigError) return explainConfiguration(error);
  if (error instanceof ResponseFormatError) return explainFormat(error, place);
  if (error instanceof LimitExceededError) {
    return {
      what: 'The answer is too large to be held.',
      why: error.message,
      advice: [],
      exitCode: exitCode.upstreamFailed,
    };
  }
  const why = error instanceof Error ? error.message : String(error);
  const what = isOpenRouterError(error)
    ? 'The request failed.'
    : 'Something unexpected happened; this is a bug in orc.';
  return { what, why, advice: [], exitCode: exitCode.unexpected };
}

function explainConfiguration(error: ConfigError): Failure {
  return {
    what: 'A setting cannot work.',
    why: error.message,
    advice: ['Check OPENROUTER_API_KEY and OPENROUTER_BASE_URL.'],
    exitCode: exitCode.notConfigured,
  };
}

function explainFormat(error: ResponseFormatError, { baseUrl }: FailurePlace): Failure {
  const advice =
    baseUrl === undefined
      ? ['A proxy or a captive portal may stand between. Check the network, then try again.']
      : [`OPENROUTER_BASE_URL is ${baseUrl}; the API of OpenRouter is at https://openrouter.ai/api/v1.`];
  return {
    what: 'What answered is not the API of OpenRouter.',
    why: error.message,
    advice,
    exitCode: exitCode.upstreamFailed,
  };
}
