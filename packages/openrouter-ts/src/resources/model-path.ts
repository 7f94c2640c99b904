import { ConfigError } from '../errors/config-error.ts';
import { pathSegment } from '../http/path-segment.ts';

/** An author, a slash, a slug; no blanks, and no part that a URL would resolve away. */
const spelling = /^(?!(?:.*\/)?\.+(?:\/|$))([^\s/]+)\/([^\s/]\S*)$/;

/**
 * The path of an endpoint about one model. Author and slug are two parts of it, whatever else is in the slug.
 *
 * @param before - what comes before the id, such as `/models/`
 * @param id - the id
 * @param after - what comes after it, such as `/endpoints`
 * @returns the path
 * @throws ConfigError when this is no id of a model
 */
export function modelPath(before: string, id: string, after = ''): string {
  const [, author = '', slug = ''] = spelling.exec(id) ?? [];
  if (author === '') {
    throw new ConfigError(
      `"${id}" is not the id of a model. An id is author/slug, such as openai/gpt-4o-mini or openai/gpt-oss-20b:free.`,
    );
  }
  return `${before}${pathSegment(author)}/${pathSegment(slug)}${after}`;
}
