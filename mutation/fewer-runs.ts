import { configureGlobal } from 'fast-check';

/** A mutant that a property can find, it finds soon; all runs for each of a thousand mutants would take hours. */
configureGlobal({ numRuns: 30 });
