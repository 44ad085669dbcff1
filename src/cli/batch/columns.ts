/** How the text of a cell becomes a value. What cannot become one stays a text, which the contract's own check refuses. */
type Cell = (text: string) => unknown;

const text: Cell = (cell) => cell;
const integer: Cell = (cell) => (/^\d+$/.test(cell) ? Number(cell) : cell);
const flag: Cell = (cell) => ({ true: true, yes: true, false: false, no: false })[cell.toLowerCase()] ?? cell;
const list: Cell = (cell) => cell.split(/[\s,;|]+/).filter(Boolean);
const json: Cell = (cell) => {
  try {
    return JSON.parse(cell) as unknown;
  } catch {
    return undefined;
  }
};

interface Column {
  /** Where its value stands in a request. */
  path: string;
  cell: Cell;
}

/** `<narrows>`: into the search, or into the quantity where one is asked for. `<voiceId>`: named by the voice's type. */
const NARROWS = 'selection.<narrows>';
const VOICE_ID = 'voiceConfiguration.<voiceId>';

/** The columns of a file of orders, each with the field of a request that it stands for. */
export const COLUMNS: Readonly<Record<string, Column>> = {
  reference: { path: 'reference', cell: text },
  regionCode: { path: 'regionCode', cell: text },
  numberType: { path: 'numberType', cell: text },
  phoneNumber: { path: 'selection.phoneNumber', cell: text },
  quantity: { path: 'selection.quantity.requestedQuantity', cell: integer },
  sequential: { path: 'selection.quantity.sequential', cell: flag },
  pattern: { path: `${NARROWS}.pattern`, cell: text },
  searchPattern: { path: `${NARROWS}.searchPattern`, cell: text },
  capabilities: { path: `${NARROWS}.capabilities`, cell: list },
  servicePlanId: { path: 'smsConfiguration.servicePlanId', cell: text },
  campaignId: { path: 'smsConfiguration.campaignId', cell: text },
  voiceType: { path: 'voiceConfiguration.type', cell: text },
  voiceId: { path: VOICE_ID, cell: text },
  expectedAttachments: { path: 'expectedAttachments', cell: list },
  registration: { path: 'registration', cell: json },
  kycProfile: { path: 'kycProfile', cell: text },
  priceCurrency: { path: 'priceLimit.currencyCode', cell: text },
  maxSetupPrice: { path: 'priceLimit.setup', cell: text },
  maxMonthlyPrice: { path: 'priceLimit.monthly', cell: text },
  project: { path: 'project', cell: text },
  onExpiry: { path: 'onExpiry', cell: text },
  maxRenewals: { path: 'maxRenewals', cell: integer },
  onRejection: { path: 'onRejection', cell: text },
  maxCorrections: { path: 'maxCorrections', cell: integer },
  correctionWindow: { path: 'correctionWindow', cell: text },
  notificationUrl: { path: 'notificationUrl', cell: text },
};

const VOICE_IDS: Partial<Record<string, string>> = { RTC: 'appId', EST: 'trunkId', FAX: 'serviceId' };

/** A request as the cells of a row say it. An empty cell says nothing. */
export function requestOf(cells: Readonly<Record<string, string>>): Record<string, unknown> {
  const filled = Object.entries(cells).filter(([name, cell]) => cell !== '' && Object.hasOwn(COLUMNS, name));
  const request: Record<string, unknown> = {};
  for (const [name, cell] of filled) {
    const column = COLUMNS[name];
    if (column) put(request, pathIn(column.path, cells), column.cell(cell));
  }
  // The commonest wish: any number of a kind.
  request.selection ??= { search: {} };
  return request;
}

/** The column that a field of a request comes from; the field itself where none does. */
export function columnOf(field: string, cells: Readonly<Record<string, string>>): string {
  const names = Object.keys(COLUMNS);
  const pathOf = (name: string) => pathIn(COLUMNS[name]?.path ?? '', cells);
  const exact = names.find((name) => pathOf(name) === field);
  const within = names.find((name) => field.startsWith(`${pathOf(name)}.`) || field.startsWith(`${pathOf(name)}[`));
  return exact ?? within ?? names.find((name) => pathOf(name).startsWith(`${field}.`)) ?? field;
}

function pathIn(path: string, { quantity, voiceType = '' }: Readonly<Record<string, string>>): string {
  return path
    .replace('<narrows>', quantity ? 'quantity' : 'search')
    .replace('<voiceId>', VOICE_IDS[voiceType] ?? 'appId');
}

function put(target: Record<string, unknown>, path: string, value: unknown): void {
  const [first = '', ...rest] = path.split('.');
  if (rest.length === 0) target[first] = value;
  else put((target[first] ??= {}) as Record<string, unknown>, rest.join('.'), value);
}
