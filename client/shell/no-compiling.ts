/**
 * Has the library that checks what comes from outside compile no code of its own, which the content security policy of this page
 * refuses and reports. Imported first, for its effect; the library looks for it when it is loaded.
 */
Reflect.set(globalThis, '__zod_globalConfig', { jitless: true });
