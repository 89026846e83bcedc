/**
 * What stops the set-up, told to the person at the terminal in one sentence. Anything else that is thrown is a fault of
 * ours and keeps its stack.
 */
'use strict';

class Trouble extends Error {}

module.exports = { Trouble };
