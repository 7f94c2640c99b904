/** Someone who serves models. */
export interface Provider {
  /** The name for people. */
  readonly name: string;
  /** What `provider.order` and `provider.only` take. */
  readonly slug: string;
  /** What it does with what it is sent. */
  readonly privacy_policy_url?: string | null | undefined;
  /** What one agrees to. */
  readonly terms_of_service_url?: string | null | undefined;
  /** Whether it is well. */
  readonly status_page_url?: string | null | undefined;
  /** Two letters, ISO 3166. */
  readonly headquarters?: string | null | undefined;
  /** Two letters each, ISO 3166. */
  readonly datacenters?: readonly string[] | null | undefined;
  readonly [key: string]: unknown;
}
