import { cpus, release, totalmem, type } from 'node:os';

/** The machine that measures, in words that say nothing about whose it is. */
export function describeMachine() {
  const processors = cpus();
  return {
    cpu: `${processors[0]?.model.trim() ?? process.arch}, ${processors.length} cores`,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    os: `${type()} ${release().split('.', 2).join('.')}`,
    node: process.version,
  };
}
