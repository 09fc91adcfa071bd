using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Tests.Samples;

internal struct SeenMembers
{
    private int _bits;

    public void Add(ref MessagePackReader reader, int member, int offset)
    {
        if ((_bits & (1 << member)) != 0)
        {
            throw reader.Refuse(MessagePackProblem.DuplicateKey, offset);
        }

        _bits |= 1 << member;
    }

    public readonly void Require(ref MessagePackReader reader, int members, int start, string names)
    {
        if ((_bits & members) != members)
        {
            throw reader.Refuse(MessagePackProblem.MissingMember, start, names);
        }
    }
}
