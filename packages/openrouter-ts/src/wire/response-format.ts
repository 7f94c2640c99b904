import type { JsonObject } from '../util/json.ts';

/**
 * The form that the answer's text must have. Providers differ in how strictly they hold to it;
 * `provider.require_parameters` leaves out those that do not know it at all.
 *
 * @see https://openrouter.ai/docs/guides/features/structured-outputs
 */
export type ResponseFormat = TextFormat | JsonObjectFormat | JsonSchemaFormat | GrammarFormat | PythonFormat;

/** Free text, the default. */
export interface TextFormat {
  /** The kind of format. */
  readonly type: 'text';
}

/** Some JSON object. Ask for JSON in a message as well. */
export interface JsonObjectFormat {
  /** The kind of format. */
  readonly type: 'json_object';
}

/** JSON of this schema. */
export interface JsonSchemaFormat {
  /** The kind of format. */
  readonly type: 'json_schema';
  /** The schema. */
  readonly json_schema: NamedJsonSchema;
}

/** A schema with the name and the description that the model sees. */
export interface NamedJsonSchema {
  /** At most 64 characters of `A-Z a-z 0-9 _ -`. */
  readonly name: string;
  /** What the answer is about, for the model to read. */
  readonly description?: string | undefined;
  /** The schema itself. */
  readonly schema?: JsonObject | undefined;
  /** Holds the model to the schema, where the provider can. */
  readonly strict?: boolean | null | undefined;
}

/** Text of this grammar. */
export interface GrammarFormat {
  /** The kind of format. */
  readonly type: 'grammar';
  /** The grammar. */
  readonly grammar: string;
}

/** Python code. */
export interface PythonFormat {
  /** The kind of format. */
  readonly type: 'python';
}
