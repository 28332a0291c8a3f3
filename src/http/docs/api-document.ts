/** As much of a JSON Schema as the page shows. */
export interface DocumentedSchema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly format?: string
  readonly default?: unknown
  readonly description?: string
  readonly properties?: Readonly<Record<string, DocumentedSchema>>
  readonly required?: readonly string[]
  readonly items?: DocumentedSchema
  readonly anyOf?: readonly DocumentedSchema[]
}

/** One parameter in a path, a query or a header. */
export interface DocumentedParameter {
  readonly name: string
  readonly in: string
  readonly required?: boolean
  readonly description?: string
  readonly schema?: DocumentedSchema
}

type Content = Readonly<Record<string, { readonly schema?: DocumentedSchema }>>

/** One method of one path. */
export interface DocumentedOperation {
  readonly summary?: string
  readonly description?: string
  readonly security?: readonly unknown[]
  readonly parameters?: readonly DocumentedParameter[]
  readonly requestBody?: { readonly description?: string; readonly content?: Content }
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: Content }>>
}

/** As much of an OpenAPI document as the page shows. */
export interface ApiDocument {
  readonly info: { readonly title: string; readonly version: string; readonly description?: string }
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, DocumentedSchema>> }
}
