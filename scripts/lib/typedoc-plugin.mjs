import { Comment, CommentTag, Converter } from 'typedoc';

/** What typedoc calls a module after its file, and what a user imports. */
const entries = {
  index: 'openrouter-ts',
  testing: 'openrouter-ts/testing',
  'testing/server': 'openrouter-ts/testing/server',
};

/** The chapters of the main entry, by the folder of the source; what is elsewhere is about the client. */
const chapters = { wire: "The API's JSON", errors: 'Errors' };

/**
 * Makes the reference speak as its readers do: modules are named as they are imported, and the main entry has chapters.
 * @param {import('typedoc').Application} app - typedoc
 */
export function load(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const module of project.children ?? []) {
      if (module.name === 'index') for (const child of module.children ?? []) addChapter(project, child);
      module.name = entries[module.name] ?? module.name;
    }
    // The page has a title of its own.
    const [beginning] = project.readme ?? [];
    if (beginning?.kind === 'text') beginning.text = beginning.text.replace(/^# .*\n/, '');
  });
}

function addChapter(project, reflection) {
  const file = project.getSymbolIdFromReflection(reflection)?.fileName ?? '';
  const [, folder] = /\/src\/(\w+)\//.exec(file) ?? [];
  const text = chapters[folder] ?? 'The client';
  for (const owner of reflection.signatures ?? [reflection]) {
    owner.comment ??= new Comment();
    owner.comment.blockTags.push(new CommentTag('@category', [{ kind: 'text', text }]));
  }
}
