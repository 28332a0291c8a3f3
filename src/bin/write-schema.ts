import { writeFileSync } from 'node:fs'
import { JSON_SCHEMA_FILE, jsonSchemaText } from '../../config/json-schema.ts'
import { SOURCE_TYPES } from '../sources/registry.ts'

writeFileSync(new URL(`../../${JSON_SCHEMA_FILE}`, import.meta.url), jsonSchemaText(SOURCE_TYPES))
