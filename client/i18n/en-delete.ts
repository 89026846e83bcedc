/** English sentences about deleting a room for good; the Chinese ones are in zh-CN-delete.ts under the same keys. */

export const enDelete = {
  'delete.room': 'Delete for good',
  'delete.room.ask':
    'Delete this room for everybody and for good? Everything that was said, answered and measured in it is removed from the server at once. Nobody can bring it back.',
} as const;
