/** Thrown when the environment is invalid. Each problem names a variable and its remedy, never a value. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';

  constructor(readonly problems: readonly string[]) {
    super(
      ['The settings need a correction:', ...problems.map((problem) => `  ${problem}`), 'See docs/settings.md.'].join(
        '\n',
      ),
    );
  }
}
