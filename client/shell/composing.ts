/**
 * Input methods: the Enter that chooses words, of Chinese or of any other language, sends no form. Some browsers say of that key
 * that a composition is under way, others only give it the code of keys that belong to an input method.
 */

const ofInputMethod = 229;

/** Watches the page until the returned function is called. */
export function guardComposing(): () => void {
  let choosing = false;
  const onKeyDown = (event: KeyboardEvent): void => {
    choosing = event.key === 'Enter' && (event.isComposing || event.keyCode === ofInputMethod);
  };
  const onPointerDown = (): void => {
    choosing = false;
  };
  const onSubmit = (event: SubmitEvent): void => {
    if (!choosing) return;
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener('keydown', onKeyDown, true);
  document.addEventListener('pointerdown', onPointerDown, true);
  document.addEventListener('submit', onSubmit, true);
  return () => {
    document.removeEventListener('keydown', onKeyDown, true);
    document.removeEventListener('pointerdown', onPointerDown, true);
    document.removeEventListener('submit', onSubmit, true);
  };
}
