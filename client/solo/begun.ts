/** Whether something has been trained in this tab already: it is gone when the page is loaded anew, and who comes back is told so. */

const place = (id: string): string => `deltaroom:solo:${id}`;

const withStorage = <T>(work: (storage: Storage) => T, without: T): T => {
  try {
    return work(sessionStorage);
  } catch {
    // A browser that keeps nothing has nothing to tell.
    return without;
  }
};

export const hasBegun = (id: string): boolean => withStorage((storage) => storage.getItem(place(id)) !== null, false);
export const noteBegun = (id: string): void => withStorage((storage) => storage.setItem(place(id), ''), undefined);
export const forgetBegun = (id: string): void => withStorage((storage) => storage.removeItem(place(id)), undefined);
