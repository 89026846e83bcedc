/** Browsers inside of other apps: a scanned code often opens one. The page works there, but they lose what it keeps. */

const inAppBrowsers = [
  ['WeChat', /MicroMessenger\//],
  ['QQ', / QQ\//],
  ['DingTalk', /DingTalk\//],
  ['Weibo', /Weibo/],
  ['Instagram', /Instagram/],
  ['Messenger', /FBAN\/Messenger|FB_IAB\/MESSENGER/],
  ['Facebook', /FBAN\/|FBAV\/|FB_IAB\//],
  ['LINE', / Line\//],
  ['KakaoTalk', /KAKAOTALK/],
  ['Snapchat', /Snapchat/],
  ['TikTok', /BytedanceWebview|musical_ly|TikTok/],
  ['LinkedIn', /LinkedInApp/],
  ['X', /Twitter for i|TwitterAndroid/],
] as const;

/** Returns the app whose own browser this is, as it calls itself; null for a browser of its own. */
export const appOfBrowser = (userAgent: string): string | null =>
  inAppBrowsers.find(([, pattern]) => pattern.test(userAgent))?.[0] ?? null;
