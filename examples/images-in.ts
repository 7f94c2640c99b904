import { OpenRouter } from 'openrouter-ts';

const client = new OpenRouter();

/** 64 by 64 pixels, all of the same colour. */
const square =
  'iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAIAAAAlC+aJAAAAUElEQVR42u3PQQkAAAgEsAthHPunMIwRfAuDFVim' +
  '+rUICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICFwWs4TBD55PN2kAAAAASUVORK5CYII=';

// #region image
const answer = await client.chat.create({
  model: 'openai/gpt-4o-mini',
  messages: [
    {
      role: 'user',
      content: [
        { type: 'text', text: 'Which colour is this square?' },
        { type: 'image_url', image_url: { url: `data:image/png;base64,${square}` } },
      ],
    },
  ],
});

console.log(answer.choices[0]?.message.content);
// #endregion
