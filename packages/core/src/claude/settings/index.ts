export { type Merged, mergeSettings, type SettingsChange, type WantedKey } from './merge.ts';
export {
  decodeSettingsRecord,
  encodeSettingsRecord,
  noRecord,
  type Ownership,
  ownershipOf,
  type SettingsRecord,
} from './ownership.ts';
export { checkSettings } from './shape.ts';
export { type Json, propertyLine, readSettingsText, type SettingsText, valueAt } from './text.ts';
export { undoSettings } from './undo.ts';
export { type ClientCommands, settingsObject, wantedSettings } from './wanted.ts';
