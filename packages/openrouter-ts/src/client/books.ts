export { exportEntries } from '../cost/export-entries.ts';
export { reconcile } from '../cost/reconcile.ts';
