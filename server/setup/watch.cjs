/**
 * Loaded before the server by `npm run dev`, where Node.js watches the files. In its watch mode each worker thread reports
 * what it imports as a message to whoever started it, among the thread's own messages. The folders to watch are named on
 * the command line, so the reports are switched off.
 */
'use strict';
delete process.env.WATCH_REPORT_DEPENDENCIES;
