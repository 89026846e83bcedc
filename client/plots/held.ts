/** A place where one component leaves something for another to take when it is needed, without either being drawn again. */
import { useState } from 'react';

export type Held<Thing> = { readonly take: () => Thing; readonly put: (thing: Thing) => void };

/** Makes such a place that lasts as long as the component. */
export function useHeld<Thing>(first: Thing): Held<Thing> {
  const [held] = useState((): Held<Thing> => {
    let current = first;
    return {
      take: () => current,
      put(thing) {
        current = thing;
      },
    };
  });
  return held;
}
