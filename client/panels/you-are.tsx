/** Who the person at this page is to the others. */
import { useWords } from '../i18n/words.ts';
import { useYou } from '../room/context.tsx';

/** Draws the name, and the role where the name does not say it already. */
export function YouAre() {
  const { say, language } = useWords();
  const { name, role } = useYou();
  const said = say(`role.${role}`);
  const isSame = name.toLocaleLowerCase(language) === said.toLocaleLowerCase(language);
  return <>{role === 'student' || isSame ? say('bar.you', { name }) : say('bar.you.as', { name, role: said })}</>;
}
