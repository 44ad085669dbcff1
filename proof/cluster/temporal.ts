/** A Temporal that is running, to be interrupted in every way a real one is. Each resolves once it is so. */
export interface Temporal {
  /** `host:port` */
  address: string;
  uiUrl: string;
  /** Of the `temporal` CLI. */
  cliPath: string;
  /** What it is made of, with versions, for people to read. */
  parts: string[];
  stopServer(): Promise<void>;
  /** With SIGKILL. */
  killServer(): Promise<void>;
  startServer(): Promise<void>;
  /** Absent where the server keeps its state itself. */
  restartDatabase?(): Promise<void>;
}
