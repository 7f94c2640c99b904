import { checkLengths } from './check-lengths.ts';
import { checkMessages } from './check-messages.ts';
import { checkModalities } from './check-modalities.ts';
import { checkModel } from './check-model.ts';
import { checkParameters } from './check-parameters.ts';
import { checkPlugins } from './check-plugins.ts';
import { checkProviders } from './check-providers.ts';
import type { CheckedRequest, FindingSeverity, RequestFinding } from './request-finding.ts';

const severities: readonly FindingSeverity[] = ['refused', 'dropped', 'warning'];

/**
 * Holds a request against what is listed of a model and of those who serve it. Nothing is sent.
 *
 * @param checked - the request and what it is held against
 * @returns what was found, the worst first; nothing for a request that is as it should be
 */
export function checkRequest(checked: CheckedRequest): readonly RequestFinding[] {
  const checks = [
    checkModel,
    checkMessages,
    checkModalities,
    checkParameters,
    checkLengths,
    checkProviders,
    checkPlugins,
  ];
  return worstFirst(checks.flatMap((check) => check(checked)));
}

/**
 * Sorts findings.
 *
 * @param findings - what was found
 * @returns the same, the worst first; those of one severity stay in their order
 */
export function worstFirst(findings: readonly RequestFinding[]): readonly RequestFinding[] {
  return severities.flatMap((severity) => findings.filter((each) => each.severity === severity));
}
