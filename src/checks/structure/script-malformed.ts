import { isObject, member } from '../../domain/document.ts';
import { defineCheck } from '../check.ts';
import { datum } from '../datum.ts';
import { eachDocument } from '../each-document.ts';

/** The body of `PUT _scripts/<id>` (elastic.md §2.3, §6.1): ingest processors run painless only. */
export const scriptMalformed = defineCheck({
  id: 'script-malformed',
  severity: 'error',
  title: 'A script file is no stored script',
  help: 'A script file is `{"script": {"lang": "painless", "source": "…"}}`.',
  run: (context) =>
    eachDocument(context, 'elastic-script', function* ({ value, at }) {
      const script = member(value, 'script');
      if (!isObject(value)) {
        yield { message: `A script file must be an object, and this is ${datum(value)}.`, at: at('') };
      } else if (script === undefined) {
        yield { message: 'The file has no `script`.', at: at('') };
      } else if (!isObject(script)) {
        yield { message: `\`script\` must be an object, and is ${datum(script)}.`, at: at('/script') };
      } else {
        const lang = member(script, 'lang');
        const source = member(script, 'source');
        if (lang === undefined) yield { message: 'The script has no `lang`.', at: at('/script') };
        else if (lang !== 'painless') {
          yield { message: `\`lang\` must be \`painless\`, and is ${datum(lang)}.`, at: at('/script/lang') };
        }
        if (source === undefined) yield { message: 'The script has no `source`.', at: at('/script') };
        else if (typeof source !== 'string' || source.trim() === '') {
          yield {
            message: `\`source\` must be a text with a program, and is ${datum(source)}.`,
            at: at('/script/source'),
          };
        }
      }
    }),
});
