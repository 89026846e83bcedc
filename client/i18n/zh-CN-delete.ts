/** Chinese sentences about deleting a room for good; under the keys of en-delete.ts. */

export const zhCNDelete = {
  'delete.room': '彻底删除',
  'delete.room.ask': '为所有人彻底删除这个房间？房间里的发言、回答和测量结果会立即从服务器上移除，谁也无法恢复。',
} as const;
