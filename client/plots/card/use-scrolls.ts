/** Whether an element has more in it than it shows, so that the keyboard has to reach it to push it. */
import { useEffect, useRef, useState } from 'react';

/** Returns the ref of the element, and whether there is something to push. */
export function useScrolls<Element extends HTMLElement>() {
  const ref = useRef<Element>(null);
  const [scrolls, setScrolls] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => {
      setScrolls(getComputedStyle(element).overflowY === 'auto' && element.scrollHeight > element.clientHeight);
    });
    const watch = (): void => {
      observer.disconnect();
      for (const one of [element, ...element.children]) observer.observe(one);
    };
    watch();
    const children = new MutationObserver(watch);
    children.observe(element, { childList: true });
    return () => {
      observer.disconnect();
      children.disconnect();
    };
  }, []);
  return [ref, scrolls] as const;
}
