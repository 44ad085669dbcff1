export interface FieldViolation {
  field: string;
  description: string;
}

/** An answer other than 200, in the shape Sinch documents for its errors. */
export class ApiError extends Error {
  constructor(
    readonly httpStatus: number,
    readonly status: string,
    message: string,
    readonly details: object[] = [],
  ) {
    super(message);
    this.name = 'ApiError';
  }

  get body(): object {
    return { error: { code: this.httpStatus, message: this.message, status: this.status, details: this.details } };
  }
}

export function invalidArgument(...fieldViolations: FieldViolation[]): ApiError {
  return new ApiError(400, 'INVALID_ARGUMENT', 'Invalid argument', [{ type: 'BadRequest', fieldViolations }]);
}

/** @throws ApiError 400 where a number in a path is none. */
export function checkPhoneNumber(phoneNumber: string): void {
  if (/^\+[1-9][0-9]{6,14}$/.test(phoneNumber)) return;
  throw invalidArgument({ field: 'phoneNumber', description: 'must be in E.164 format' });
}

export function notFound(
  resourceType: string,
  resourceName: string,
  message = 'Requested entity was not found',
): ApiError {
  const details = { type: 'ResourceInfo', resourceType, resourceName, owner: '', description: message };
  return new ApiError(404, 'NOT_FOUND', message, [details]);
}

export function tooLarge(resourceName: string, limitBytes: number): ApiError {
  const description = `The file is larger than ${limitBytes} bytes`;
  return new ApiError(413, 'CONTENT_TOO_LARGE', description, [{ type: 'ResourceInfo', resourceName, description }]);
}

const STATUS_NAMES: Record<number, string> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  409: 'ABORTED',
  413: 'CONTENT_TOO_LARGE',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
  503: 'UNAVAILABLE',
};

/** The error for a bare status; used for refusals that carry no detail and for faults on command. */
export function bareError(httpStatus: number, message: string): ApiError {
  return new ApiError(httpStatus, STATUS_NAMES[httpStatus] ?? 'UNKNOWN', message);
}
