import GithubSlugger from 'github-slugger';

/** Gives the headings of one page, in their order, the anchors that GitHub gives them. */
export function pageAnchors(): (heading: string) => string {
  const slugger = new GithubSlugger();
  return (heading) => slugger.slug(headingText(heading));
}

/** A heading as it reads, without the marks of code and links. */
export function headingText(markdown: string): string {
  return markdown.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll('`', '');
}
