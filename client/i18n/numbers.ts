/** Numbers as people read them: the page writes them as the report does. */
export * from '../../shared/words/numbers.ts';
