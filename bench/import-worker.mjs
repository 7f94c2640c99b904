/**
 * A measured process, to be forked: how long it takes until a program has what it imports, in a process that has imported nothing else.
 */
const { specifiers } = JSON.parse(process.argv[2]);
const startedAt = performance.now();
for (const specifier of specifiers) await import(specifier);
const importMs = performance.now() - startedAt;
process.send?.({ importMs }, () => process.exit(0));
