/** Keeps how far something has been pushed aside while what is in it is another thing for a moment, and shorter. */
import { useEffect, useRef } from 'react';

/** Returns the ref of the element. */
export function useKeptScroll<Element extends HTMLElement>() {
  const ref = useRef<Element>(null);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    let kept = element.scrollTop;
    const most = (): number => element.scrollHeight - element.clientHeight;
    const onScroll = (): void => {
      // Where there is less to push than before, it is not the reader who has pushed.
      if (most() >= kept) kept = element.scrollTop;
    };
    const contents = new MutationObserver(() => {
      if (element.scrollTop !== kept && most() >= kept) element.scrollTop = kept;
    });
    element.addEventListener('scroll', onScroll);
    contents.observe(element, { childList: true, subtree: true });
    return () => {
      element.removeEventListener('scroll', onScroll);
      contents.disconnect();
    };
  }, []);
  return ref;
}
