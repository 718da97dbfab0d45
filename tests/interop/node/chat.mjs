// Calls an agent through the official OpenAI SDK and prints what it saw as one JSON object.
// Usage: node chat.mjs BASE_URL KEY AGENT [MESSAGE]      BASE_URL like http://127.0.0.1:8080/v1
import OpenAI from 'openai';

const [baseURL, apiKey, agent, message = 'Hello'] = process.argv.slice(2);
if (!baseURL || !apiKey || !agent) {
    console.error('usage: node chat.mjs BASE_URL KEY AGENT [MESSAGE]');
    process.exit(2);
}

const client = new OpenAI({ baseURL, apiKey });
const messages = [{ role: 'user', content: message }];
const headers = { 'x-ephor-person': 'person-1', 'x-ephor-conversation': 'conversation-1' };

async function caught(call) {
    try {
        await call();
        return null;
    } catch (error) {
        return {
            name: error.constructor.name,
            status: error.status ?? null,
            code: error.code ?? null,
            param: error.param ?? null,
            type: error.type ?? null,
        };
    }
}

async function models() {
    const found = [];
    for await (const model of client.models.list())
        found.push(model.id);
    return found;
}

async function whole() {
    const { data, response } = await client.chat.completions
        .create({ model: agent, messages, user: 'person-1' }, { headers })
        .withResponse();
    return {
        run: response.headers.get('x-ephor-run'),
        id: data.id,
        model: data.model,
        text: data.choices[0].message.content,
        finish: data.choices[0].finish_reason,
        usage: data.usage ?? null,
    };
}

async function streamed() {
    const { data, response } = await client.chat.completions
        .create({ model: agent, messages, stream: true, stream_options: { include_usage: true } }, { headers })
        .withResponse();
    const seen = { run: response.headers.get('x-ephor-run'), chunks: 0, text: '', finish: null, usage: null };
    for await (const chunk of data) {
        seen.chunks += 1;
        seen.text += chunk.choices[0]?.delta?.content ?? '';
        seen.finish = chunk.choices[0]?.finish_reason ?? seen.finish;
        seen.usage = chunk.usage ?? seen.usage;
    }
    return seen;
}

const result = {
    models: await models(),
    whole: await whole(),
    stream: await streamed(),
    errors: {
        unknownAgent: await caught(() => client.chat.completions.create({ model: 'no-such-agent', messages })),
        ownTools: await caught(() => client.chat.completions.create({
            model: agent,
            messages,
            tools: [{ type: 'function', function: { name: 'f', parameters: { type: 'object' } } }],
        })),
        twoChoices: await caught(() => client.chat.completions.create({ model: agent, messages, n: 2 })),
    },
};
console.log(JSON.stringify(result, null, 2));
