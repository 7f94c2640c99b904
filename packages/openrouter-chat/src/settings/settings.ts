import type { Surroundings } from '../terminal/surroundings.ts';

/** What was asked for on the command line. */
export interface CommandOptions {
  readonly model?: string | undefined;
  readonly demo?: boolean | undefined;
}

/** What holds for this run. */
export interface Settings {
  readonly model: string;
  /** Whether the built-in simulator answers in the place of OpenRouter. */
  readonly demo: boolean;
  readonly apiKey: string | undefined;
  /** Where the API is, if not in its usual place. */
  readonly baseUrl: string | undefined;
}

/** Cheap, fast, and known to everyone. */
export const defaultModel = 'openai/gpt-4o-mini';

/**
 * Works out what holds: the command line wins over the environment, and that over the defaults.
 *
 * @param options - what was asked for on the command line
 * @param env - the environment
 * @returns the settings
 */
export function resolveSettings(options: CommandOptions, env: Surroundings['env']): Settings {
  const read = (name: string): string | undefined => {
    const value = env[name]?.trim();
    return value === '' ? undefined : value;
  };
  return {
    model: options.model ?? read('ORC_MODEL') ?? defaultModel,
    demo: options.demo ?? isOn(read('ORC_DEMO')),
    apiKey: read('OPENROUTER_API_KEY'),
    baseUrl: read('OPENROUTER_BASE_URL'),
  };
}

function isOn(value: string | undefined): boolean {
  return value !== undefined && !/^(?:0|false|no|off)$/i.test(value);
}
