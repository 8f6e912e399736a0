/** Why a model cannot be evaluated. */
export interface ModelProblem {
  /** JSON pointer into the body of the model; what is compressed goes on behind `/compressed_definition`. */
  readonly pointer: string;
  readonly message: string;
}

/** Takes problems while a definition is read. */
export type Refuse = (pointer: string, message: string) => undefined;
