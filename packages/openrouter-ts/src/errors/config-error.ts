import { OpenRouterError, type ErrorDetails } from './open-router-error.ts';

/** Something the caller passed cannot work. It is thrown before anything is sent, and never repeats a secret value. */
export class ConfigError extends OpenRouterError {
  /**
   * @param message - which option or header is wrong, why, and what to do
   * @param details - the cause, if there is one
   */
  constructor(message: string, details?: Pick<ErrorDetails, 'cause'>) {
    super(message, 'config', details);
  }
}
