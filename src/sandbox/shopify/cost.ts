import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  type SelectionSetNode,
} from 'graphql'

/** What one query may cost at most. */
export const HIGHEST_COST = 1000

/** The documented costs: scalars nothing, an object 1, a connection 2 and its `first` times a node, a mutation 10. */
export function requestedCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
): number {
  const fragments = new Map(
    document.definitions
      .filter((one): one is FragmentDefinitionNode => one.kind === 'FragmentDefinition')
      .map((one) => [one.name.value, one]),
  )
  const costOf = (set: SelectionSetNode | undefined, type: GraphQLNamedType): number =>
    (set?.selections ?? []).reduce((sum, selection) => {
      if (selection.kind === 'Field') return sum + fieldCost(selection, type)
      const fragment = selection.kind === 'InlineFragment' ? selection : fragments.get(selection.name.value)
      const on = fragment?.typeCondition && schema.getType(fragment.typeCondition.name.value)
      return sum + costOf(fragment?.selectionSet, on ?? type)
    }, 0)

  function fieldCost(field: FieldNode, parent: GraphQLNamedType): number {
    if (!isObjectType(parent) && !isInterfaceType(parent)) return 0
    const definition = parent.getFields()[field.name.value]
    if (definition === undefined) return 0
    const type = getNamedType(definition.type)
    if (!isCompositeType(type)) return 0
    const count = (name: string) => argument(field, name, variables)
    const inner = costOf(field.selectionSet, type)
    if (type.name.endsWith('Connection')) return 2 + (count('first') ?? 1) * inner
    if (type.name.endsWith('Edge')) return inner
    const nullable = isNonNullType(definition.type) ? definition.type.ofType : definition.type
    const times = isListType(nullable) ? (count('ids') ?? count('first') ?? 1) : 1
    return times * (1 + inner)
  }

  return document.definitions.reduce((sum, definition) => {
    if (definition.kind !== 'OperationDefinition') return sum
    const isMutation = definition.operation === 'mutation'
    const root = isMutation ? schema.getMutationType() : schema.getQueryType()
    return root ? sum + (isMutation ? 10 : 0) + costOf(definition.selectionSet, root) : sum
  }, 0)
}

/** Of what was answered: as many points as there are objects. */
export function actualCost(data: unknown): number {
  if (Array.isArray(data)) return data.reduce((sum: number, one) => sum + actualCost(one), 0)
  if (typeof data !== 'object' || data === null) return 0
  return Object.values(data).reduce((sum: number, one) => sum + (typeof one === 'object' ? actualCost(one) : 0), 1)
}

/** A number, or the length of a list, given as literal or variable. */
function argument(field: FieldNode, name: string, variables: Readonly<Record<string, unknown>>): number | undefined {
  const value = field.arguments?.find((one) => one.name.value === name)?.value
  if (value?.kind === 'IntValue') return Number(value.value)
  if (value?.kind === 'ListValue') return value.values.length
  const given = value?.kind === 'Variable' ? variables[value.name.value] : undefined
  if (typeof given === 'number') return given
  return Array.isArray(given) ? given.length : undefined
}
