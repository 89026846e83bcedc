/** Does something so many ms later, unless it is called off by what this returns. */
export function callableOff(work: () => void, ms: number): () => void {
  const timer = setTimeout(work, ms);
  return () => clearTimeout(timer);
}
