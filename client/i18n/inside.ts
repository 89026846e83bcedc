/** Teaches the page the words of the inside of a room; every page that draws them imports this. */
import i18next from 'i18next';
import { enInside, zhCNInside } from './inside-words.ts';

i18next.addResourceBundle('en', 'translation', enInside);
i18next.addResourceBundle('zh-CN', 'translation', zhCNInside);
