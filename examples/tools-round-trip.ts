import { OpenRouter, type ChatMessage, type Tool, type ToolCall } from 'openrouter-ts';

const client = new OpenRouter();

// #region tools
const tools: readonly Tool[] = [
  {
    type: 'function',
    function: {
      name: 'get_weather',
      description: 'Tells the weather of a city.',
      parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    },
  },
];

function runTool({ function: { name, arguments: text } }: ToolCall): unknown {
  if (name !== 'get_weather') return { error: `There is no tool ${name}.` };
  const input: unknown = JSON.parse(text); // written by a model: check it before you use it
  return { input, weather: 'sunny', celsius: 21 };
}

const messages: ChatMessage[] = [{ role: 'user', content: 'Call get_weather: how is it in Paris?' }];

for (let turn = 1; turn <= 5; turn += 1) {
  const { choices } = await client.chat.create({
    model: 'anthropic/claude-sonnet-4.5',
    messages,
    tools,
    reasoning: { effort: 'low' },
  });
  const message = choices[0]?.message;
  if (!message?.tool_calls?.length) {
    console.log(message?.content);
    break;
  }
  // The message goes back as it came: models that think want their reasoning_details back unchanged.
  messages.push(message);
  for (const call of message.tool_calls) {
    console.log('Calls', call.function.name, call.function.arguments);
    messages.push({ role: 'tool', tool_call_id: call.id, content: JSON.stringify(runTool(call)) });
  }
}
// #endregion
