/** The lessons, in words. */
import { DE, EN, type Localized } from '../../shell/texts/localized.ts';

const en = {
  title: 'Short lessons',
  previous: 'Back',
  next: 'Next',
  again: 'Once more',
  leave: 'Back to my canvas',
  count: (number: number, all: number) => `${number} of ${all}`,
  learnt: (step: number, share: number) =>
    `After ${step} steps of learning, ${EN.percent.format(share)} of the cells of a heart are wrong.`,
  undecided: (star: number, digit: number) =>
    `Undecided: ${EN.percent.format(star)} of the cells of the star, ${EN.percent.format(digit)} of those of the 3.`,
  scenes: {
    agree: {
      title: 'How cells agree',
      text: 'Every dot of ink is a cell of its own. It knows only its eight neighbours, and nobody shows it the whole digit. At first no cell has an opinion; then guesses appear, spread and fight, until all cells of a digit say the same.',
    },
    heal: {
      title: 'Damage and healing',
      text: 'As soon as the cells agree, a stroke makes many of them forget everything. Their neighbours remember, and tell them: the digit heals. Try it yourself: draw over a digit with the damage tool.',
    },
    change: {
      title: 'A 6 that becomes an 8',
      text: 'The cells have agreed on 6. Then one stroke closes the upper loop. The news starts there and travels from neighbour to neighbour; for a moment all sorts of digits are heard, until the last cell at the bottom, whose own surroundings are the same as ever, says 8 as well.',
    },
    chimera: {
      title: 'Half 3, half 8',
      text: 'Drawn as the upper half of an 8 and the lower half of a 3. The closed loop says 8 and convinces what is near; the open hook says 3 and does not give way: both sides have good reasons, and the border between them stays. Close the gap at the bottom left, and all of it becomes an 8.',
    },
    cut: {
      title: 'Cut in two',
      text: 'Cells speak only to neighbours that have ink. A cut through the digit ends the talk, and both halves forget: now each has to decide by itself what it is. Paint a bridge over the gap, and they talk again.',
    },
    unknown: {
      title: 'That is no digit I know',
      text: 'A star beside a 3. The cells of this model were also shown ink that is no digit, and learned to say nothing about it. The cells of the 3 soon say 3; those of the star find no digit that fits, and most of them stay undecided. Erase the star and draw something else in its place: what do they take for a digit?',
    },
    learn: {
      title: 'What learning is',
      text: 'The cells know digits, but no hearts. All of them follow one rule with thousands of numbers in it, and now they are shown ten drawings of a heart. Each step of learning looks at what the cells said, and moves every number a little to where more of them would have been right. Red cells disagree with the rest of their sign: watch them become fewer.',
    },
  } as Record<string, { title: string; text: string }>,
};

const de: typeof en = {
  title: 'Kurze Lektionen',
  previous: 'Zurück',
  next: 'Weiter',
  again: 'Noch einmal',
  leave: 'Zu meiner Leinwand',
  count: (number, all) => `${number} von ${all}`,
  learnt: (step, share) =>
    `Nach ${step} Lernschritten liegen ${DE.percent.format(share)} der Zellen eines Herzens falsch.`,
  undecided: (star, digit) =>
    `Unentschieden: ${DE.percent.format(star)} der Zellen des Sterns, ${DE.percent.format(digit)} derer der 3.`,
  scenes: {
    agree: {
      title: 'Wie Zellen sich einigen',
      text: 'Jeder Punkt Tinte ist eine eigene Zelle. Sie kennt nur ihre acht Nachbarn, und niemand zeigt ihr die ganze Ziffer. Zuerst hat keine Zelle eine Meinung; dann tauchen Vermutungen auf, breiten sich aus und streiten, bis alle Zellen einer Ziffer dasselbe sagen.',
    },
    heal: {
      title: 'Störung und Heilung',
      text: 'Sobald die Zellen einig sind, lässt ein Strich viele von ihnen alles vergessen. Ihre Nachbarn erinnern sich und sagen es ihnen: Die Ziffer heilt. Versuchen Sie es selbst: Fahren Sie mit dem Störwerkzeug über eine Ziffer.',
    },
    change: {
      title: 'Aus einer 6 wird eine 8',
      text: 'Die Zellen haben sich auf 6 geeinigt. Dann schließt ein Strich den oberen Bogen. Dort beginnt die Nachricht und wandert von Nachbar zu Nachbar; eine Weile sind allerlei Ziffern zu hören, bis auch die letzte Zelle unten, um die herum alles wie immer ist, 8 sagt.',
    },
    chimera: {
      title: 'Halb 3, halb 8',
      text: 'Gezeichnet als obere Hälfte einer 8 und untere Hälfte einer 3. Die geschlossene Schleife sagt 8 und überzeugt, was in der Nähe ist; der offene Haken sagt 3 und gibt nicht nach: Beide Seiten haben gute Gründe, und die Grenze zwischen ihnen bleibt. Schließt man die Lücke unten links, wird alles eine 8.',
    },
    cut: {
      title: 'Entzweigeschnitten',
      text: 'Zellen sprechen nur mit Nachbarn, die Tinte haben. Ein Schnitt durch die Ziffer beendet das Gespräch, und beide Hälften vergessen: Jetzt muss jede selbst entscheiden, was sie ist. Malen Sie eine Brücke über die Lücke, und sie sprechen wieder miteinander.',
    },
    unknown: {
      title: 'Das ist keine Ziffer, die ich kenne',
      text: 'Ein Stern neben einer 3. Die Zellen dieses Modells haben auch Tinte gesehen, die keine Ziffer ist, und gelernt, nichts über sie zu sagen. Die Zellen der 3 sagen bald 3; die des Sterns finden keine Ziffer, die passt, und die meisten von ihnen bleiben unentschieden. Radieren Sie den Stern weg, und zeichnen Sie etwas anderes an seine Stelle: Was halten sie für eine Ziffer?',
    },
    learn: {
      title: 'Was Lernen ist',
      text: 'Die Zellen kennen Ziffern, aber keine Herzen. Alle folgen einer Regel, in der Tausende von Zahlen stehen, und nun sehen sie zehn Zeichnungen eines Herzens. Jeder Lernschritt schaut, was die Zellen gesagt haben, und rückt jede Zahl ein wenig dorthin, wo mehr von ihnen recht gehabt hätten. Rote Zellen sind anderer Meinung als der Rest ihres Zeichens: Sehen Sie zu, wie sie weniger werden.',
    },
  },
};

export const TEXTS: Localized<typeof en> = { en, de };
