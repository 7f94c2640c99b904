/**
 * Runs shell commands in a container.
 *
 * @see https://openrouter.ai/docs/guides/features/server-tools/bash
 */
export interface BashTool {
  /** The kind of tool. */
  readonly type: 'openrouter:bash';
  /** Who runs the commands, and where. */
  readonly parameters?: BashParameters | undefined;
}

/** Who runs the commands, and where. */
export interface BashParameters {
  /** `openrouter` runs them. `auto` (the default) and `native` leave the call to you. */
  readonly engine?: 'auto' | 'native' | 'openrouter' | (string & {}) | undefined;
  /** Where OpenRouter runs them. */
  readonly environment?: ContainerEnvironment | undefined;
}

/** A fresh container, or one that an earlier result named. */
export type ContainerEnvironment = NewContainer | ContainerReference;

/** A container that is made for the request and thrown away. */
export interface NewContainer extends ContainerSettings {
  /** The kind of environment. */
  readonly type: 'container_auto';
}

/** A container that stays. */
export interface ContainerReference extends ContainerSettings {
  /** The kind of environment. */
  readonly type: 'container_reference';
  /** An id from an earlier result, or a new name of at most 40 letters, digits, underscores and dashes. */
  readonly container_id: string;
}

/** What a container starts with. */
export interface ContainerSettings {
  /** Files of the workspace to copy into it, at most 20. */
  readonly file_ids?: readonly string[] | undefined;
  /** What it may reach. Default: nothing. It cannot be changed while the container runs. */
  readonly network_policy?: NetworkPolicy | undefined;
}

/** No network at all, or a list of hosts. */
export type NetworkPolicy = NetworkDisabled | NetworkAllowlist;

/** The container reaches nothing. */
export interface NetworkDisabled {
  /** The kind of policy. */
  readonly type: 'disabled';
}

/** The container reaches these hosts on ports 80 and 443. */
export interface NetworkAllowlist {
  /** The kind of policy. */
  readonly type: 'allowlist';
  /** At most 50 host names, or patterns such as `*.example.com`. */
  readonly allowed_domains: readonly string[];
}
