import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { vi } from 'vitest';

/** A key with the certificate that it signed itself. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/**
 * Makes a certificate that nobody trusts.
 *
 * @param names - whom it is for, such as `DNS:localhost` and `IP:127.0.0.1`
 * @returns the certificate, or undefined where there is no openssl
 */
export function selfSigned(...names: readonly string[]): Certificate | undefined {
  const folder = mkdtempSync(path.join(tmpdir(), 'certificate-'));
  const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
  const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', key, '-out', cert];
  const content = ['-days', '2', '-subj', '/CN=test', '-addext', `subjectAltName=${names.join(',')}`];
  try {
    const { status } = spawnSync('openssl', ['req', '-x509', ...made, ...content], { stdio: 'ignore' });
    return status === 0 ? { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') } : undefined;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Makes this process trust a certificate until the test is over; everything else about it is still checked. */
export function trust({ cert }: Certificate): void {
  const tls = process.getBuiltinModule('node:tls');
  const { createSecureContext } = tls;
  vi.spyOn(tls, 'createSecureContext').mockImplementation((options) => createSecureContext({ ...options, ca: cert }));
}
