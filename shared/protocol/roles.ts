/** Rights: who may send which command. The rows come from the command table, so there is one place to read and to change them. */
import { type CommandType, commandTable } from './commands.ts';
import type { Role } from './state.ts';

/** Whether a role may send a command at all; being its author or the room's standing is judged by `decide`. */
export const mayCommand = (role: Role, type: CommandType): boolean => commandTable[type].roles.includes(role);

/** Whether a role leads the room: sees what is secret and is not bound by what students are. */
export const leads = (role: Role): boolean => role === 'host' || role === 'co-host';
