export { type Merged, mergeSettings, type SettingsChange, type WantedKey } from './merge.ts';
export { encodeOwnership, type Ownership, ownershipOf } from './ownership.ts';
export { type Json, readSettingsText, type SettingsText } from './text.ts';
export { undoSettings } from './undo.ts';
export { type ClientCommands, settingsObject, wantedSettings } from './wanted.ts';
